import Glibc

// A reader that goes away early (`| head`) is no error: writing tells, without a signal.
signal(SIGPIPE, SIG_IGN)
exit(ReplayProgram().run(Array(CommandLine.arguments.dropFirst())).rawValue)
