package dev.aerie.cli.demo;

/// Where the video of a demo comes from.
enum DemoSource {
    /// The simulator's drone, with inertial samples and telemetry.
    DRONE,
    /// A clip that the drone plays.
    CLIP,
    /// The simulator's PTZ cameras, which ptz-service steers.
    PTZ_CAMERAS;

    /// The stream to look at first.
    String firstStream() {
        return switch (this) {
            case DRONE, CLIP -> Addresses.STREAM;
            case PTZ_CAMERAS -> "ptz-1";
        };
    }
}
