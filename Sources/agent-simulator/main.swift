import AgentSimulator
import CommandLineOptions
import Glibc
import Threading

/// The failures, one a line with what it does.
func failureList() -> String {
    let width = FailureKind.allCases.map(\.form.count).max() ?? 0
    return FailureKind.allCases.map { kind in
        let padding = String(repeating: " ", count: width - kind.form.count + 2)
        return kind.form + padding + kind.summary + "\n"
    }.joined()
}

// Before any thread is started.
TerminationSignals.block()

let commandLine = SimulatorCommandLine.syntax.parseOrExit()
if commandLine.has(SimulatorCommandLine.listFailures) {
    SimulatorCommandLine.syntax.answer(failureList())
}
do {
    let options = try SimulatorCommandLine.options(commandLine)
    let simulator: RunningSimulator
    do {
        simulator = try RunningSimulator.start(options)
    } catch {
        let place = "\(options.host), port \(options.port)"
        SimulatorCommandLine.syntax.fail("cannot serve on \(place): \(error)")
    }
    print("agent-simulator listening on \(simulator.url)")
    fflush(nil)
    TerminationSignals.wait()
    simulator.stop()
} catch let violation as CommandLineViolation {
    SimulatorCommandLine.syntax.refuse(violation)
} catch {
    SimulatorCommandLine.syntax.fail("\(error)")
}
