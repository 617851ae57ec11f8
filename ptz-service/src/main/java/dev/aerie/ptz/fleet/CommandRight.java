package dev.aerie.ptz.fleet;

/// Whether this service may command a camera: two that do so would pull it to and fro.
@FunctionalInterface
public interface CommandRight {

    /// For a service that is the only one.
    CommandRight ALWAYS = () -> Standing.OURS;

    /// How it stands with a camera.
    enum Standing {
        /// It is about to be known.
        PENDING,
        OURS,
        /// Nobody can say: the broker is away. People are obeyed, nothing moves by itself.
        UNKNOWN,
        /// Another service commands the camera.
        ANOTHERS
    }

    Standing standing();

    default boolean isOurs() {
        return switch (standing()) {
            case OURS, UNKNOWN -> true;
            case PENDING, ANOTHERS -> false;
        };
    }
}
