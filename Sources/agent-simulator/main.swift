import AgentSimulator
import CommandLineOptions
import Glibc
import Threading

/// Lists the failures, one a line with what it does.
func printFailures() {
    let width = FailureKind.allCases.map(\.form.count).max() ?? 0
    for kind in FailureKind.allCases {
        let padding = String(repeating: " ", count: width - kind.form.count + 2)
        print(kind.form + padding + kind.summary)
    }
}

// Before any thread is started.
TerminationSignals.block()

let commandLine = SimulatorCommandLine.syntax.parseOrExit()
if commandLine.has(SimulatorCommandLine.listFailures) {
    printFailures()
    exit(0)
}
do {
    let simulator = try RunningSimulator.start(SimulatorCommandLine.options(commandLine))
    print("agent-simulator listening on \(simulator.url)")
    fflush(nil)
    TerminationSignals.wait()
    simulator.stop()
} catch let violation as CommandLineViolation {
    SimulatorCommandLine.syntax.refuse(violation)
} catch {
    SimulatorCommandLine.syntax.fail("\(error)")
}
