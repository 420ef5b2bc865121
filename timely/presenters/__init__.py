"""What people read: rows shared by page, API and message; numbers, dates, explanations, drawings."""
