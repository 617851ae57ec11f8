package dev.aerie.cli.doctor;

/// Result of one check.
///
/// - `state`: `ok`, `absent` where the fleet runs without it, `missing` where it does not
/// - `detail`: what was found, or what to do about it
record Finding(String name, State state, String detail) {

    enum State {
        OK,
        ABSENT,
        MISSING;

        String word() {
            return switch (this) {
                case OK -> "ok";
                case ABSENT -> "absent";
                case MISSING -> "missing";
            };
        }
    }

    static Finding ok(String name, String detail) {
        return new Finding(name, State.OK, detail);
    }

    static Finding absent(String name, String detail) {
        return new Finding(name, State.ABSENT, detail);
    }

    static Finding missing(String name, String detail) {
        return new Finding(name, State.MISSING, detail);
    }
}
