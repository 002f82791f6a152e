// IOLoop
