// swift-tools-version: 6.2
import PackageDescription

// Everything here is Swift and the system's libsqlite3, and Foundation in tests only: there are no
// package dependencies, and none may be added. The import arrows are those of docs/ARCHITECTURE.md.
let package = Package(
    name: "gateway",
    products: [
        .executable(name: "gateway", targets: ["gateway"]),
        .executable(name: "replay", targets: ["replay"]),
        .executable(name: "agent-simulator", targets: ["agent-simulator"]),
        .executable(name: "auto-session-check", targets: ["auto-session-check"]),
        .executable(name: "wire-echo", targets: ["wire-echo"]),
        .executable(name: "agent-probe", targets: ["agent-probe"]),
    ],
    targets: [
        // The system's own: module maps only.
        .systemLibrary(name: "CLinux"),
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]
        ),

        // SQL and JSON Schemas, embedded: one source for code and documents.
        .target(
            name: "Schema",
            path: "schema",
            // For those who read what replay prints; no program needs them.
            exclude: ["replay"],
            resources: [
                .embedInCode("events.sql"), .embedInCode("seal.sql"), .embedInCode("bundle.sql"),
                .embedInCode("projections.sql"), .embedInCode("messages.schema.json"),
            ]
        ),

        // Pure: bytes in, values out.
        .target(name: "Wire"),
        .target(name: "Events", dependencies: ["Wire"]),
        .target(name: "Tokens", dependencies: ["Wire"]),
        .target(name: "Session", dependencies: ["Events", "Schema", "Wire"]),
        .target(
            name: "Postmortem",
            dependencies: ["Events", "Session", "Wire"],
            resources: [.embedInCode("Page/page.css")]
        ),

        // The machine: threads, disk, sockets.
        .target(name: "Threading", dependencies: ["CLinux"]),
        .target(name: "EventStore", dependencies: ["CSQLite", "Events", "Schema", "Threading"]),
        .target(
            name: "Projections",
            dependencies: ["EventStore", "Events", "Postmortem", "Schema", "Session", "Wire"]
        ),
        .target(name: "IOLoop", dependencies: ["CLinux", "Threading"]),
        .target(name: "AgentClient", dependencies: ["IOLoop", "Wire"]),
        .target(
            name: "GatewayServer",
            dependencies: [
                "AgentClient", "EventStore", "Events", "IOLoop", "Projections", "Session",
                "Threading", "Tokens", "Wire",
            ]
        ),
        .target(name: "AgentSimulator", dependencies: ["IOLoop", "Threading", "Wire"]),
        // A client that waits, for programs that check a server and for tests.
        .target(name: "BlockingWebSocket", dependencies: ["Wire"]),

        // For what is tried at random and must be the same each time: tests, and wire-fuzz.
        .target(name: "SeededNumbers"),

        // Programs: argument parsing and wiring.
        .target(name: "CommandLineOptions"),
        .executableTarget(
            name: "gateway",
            dependencies: [
                "AgentSimulator", "CLinux", "CommandLineOptions", "GatewayServer", "Threading",
            ]
        ),
        .executableTarget(
            name: "replay",
            dependencies: [
                "AgentSimulator", "BlockingWebSocket", "CommandLineOptions", "EventStore", "Events",
                "IOLoop", "Postmortem", "Projections", "Session", "Threading", "Wire",
            ]
        ),
        .executableTarget(
            name: "agent-simulator",
            dependencies: ["AgentSimulator", "CommandLineOptions", "Threading"]
        ),
        .executableTarget(
            name: "auto-session-check",
            dependencies: ["BlockingWebSocket", "CommandLineOptions", "Wire"]
        ),
        .executableTarget(
            name: "wire-echo",
            dependencies: ["CommandLineOptions", "IOLoop", "Threading", "Wire"]
        ),
        .executableTarget(
            name: "agent-probe",
            dependencies: ["AgentClient", "CommandLineOptions", "IOLoop", "Wire"]
        ),
        .executableTarget(
            name: "wire-fuzz",
            dependencies: ["CommandLineOptions", "SeededNumbers", "Wire"]
        ),
        .executableTarget(
            name: "log-append",
            dependencies: ["CommandLineOptions", "EventStore", "Events"]
        ),

        .testTarget(name: "CommandLineOptionsTests", dependencies: ["CommandLineOptions"]),
        .testTarget(name: "WireTests", dependencies: ["SeededNumbers", "Wire"]),
        .testTarget(name: "EventsTests", dependencies: ["Events"]),
        .testTarget(name: "TokensTests", dependencies: ["SeededNumbers", "Tokens", "Wire"]),
        .testTarget(
            name: "SchemaTests",
            dependencies: ["CSQLite", "Events", "Schema", "Session"]
        ),
        .testTarget(
            name: "SessionTests",
            dependencies: ["Events", "SeededNumbers", "Session"]
        ),
        .testTarget(
            name: "EventStoreTests",
            dependencies: [
                "CSQLite", "EventStore", "Events", "Schema", "SeededNumbers", "Threading",
            ]
        ),
        .testTarget(name: "ThreadingTests", dependencies: ["Threading"]),
        .testTarget(name: "IOLoopTests", dependencies: ["IOLoop", "Threading"]),
        .testTarget(
            name: "AgentClientTests",
            dependencies: [
                "agent-probe", "AgentClient", "AgentSimulator", "CommandLineOptions", "IOLoop",
                "Threading", "Wire",
            ]
        ),
        .testTarget(
            name: "AgentSimulatorTests",
            dependencies: ["AgentSimulator", "IOLoop", "Wire"]
        ),
        .testTarget(
            name: "ClientTests",
            dependencies: [
                "auto-session-check", "BlockingWebSocket", "CommandLineOptions", "IOLoop",
                "Threading", "Wire", "wire-echo",
            ]
        ),
        .testTarget(
            name: "PostmortemTests",
            dependencies: [
                "EventStore", "Events", "Postmortem", "SeededNumbers", "Session", "Wire",
            ],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "IncidentTests",
            dependencies: ["EventStore", "Events", "Postmortem"]
        ),
        .testTarget(
            name: "ProjectionsTests",
            dependencies: [
                "CSQLite", "EventStore", "Events", "Postmortem", "Projections", "Schema", "Session",
            ]
        ),
        .testTarget(
            name: "ReplayTests",
            dependencies: [
                "AgentSimulator", "CSQLite", "EventStore", "Events", "IOLoop", "Postmortem",
                "Wire", "replay",
            ],
            resources: [.copy("Expected")]
        ),
        .testTarget(
            name: "GatewayServerTests",
            dependencies: [
                "AgentSimulator", "BlockingWebSocket", "EventStore", "Events", "GatewayServer",
                "IOLoop", "Postmortem", "Projections", "SeededNumbers", "Session", "Threading",
                "Wire",
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
