"""From a request to a plan: depths, visits, dates, cream and care."""
