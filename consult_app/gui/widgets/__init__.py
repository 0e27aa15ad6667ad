"""Controls of the window: they take plain values, emit signals and know nothing of patients."""
