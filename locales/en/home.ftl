# Home.
home-greeting = Hello, { $name }
home-work-title = Waiting for you
home-work-none = Nothing is waiting
home-work-none-note = Work and its deadlines appear here when a file reaches you.
home-doors = Functions
