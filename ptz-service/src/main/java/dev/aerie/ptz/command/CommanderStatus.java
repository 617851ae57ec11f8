package dev.aerie.ptz.command;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import org.jspecify.annotations.Nullable;

/// How a camera stands.
///
/// - `state`: of the connection
/// - `cause`: why it does not do what it is told, in words; empty where it does
/// - `position`: the last that it reported; null where it reports none
/// - `positionAtNanos`: of `System.nanoTime()`, in the middle between question and answer
/// - `velocity`: that it has from us
public record CommanderStatus(
        State state, String cause, @Nullable PtzPosition position, long positionAtNanos, PtzVelocity velocity) {

    /// Whether the camera does what it is told.
    public enum State {
        /// It has not answered yet.
        STARTING,
        READY,
        UNREACHABLE,
        UNAUTHORIZED,
        BUSY,
        MALFORMED_ANSWER;

        static State of(PtzException.Reason reason) {
            return switch (reason) {
                case UNREACHABLE -> UNREACHABLE;
                case UNAUTHORIZED -> UNAUTHORIZED;
                case BUSY -> BUSY;
                case MALFORMED_ANSWER -> MALFORMED_ANSWER;
                case REFUSED, UNSUPPORTED -> READY; // it answers
            };
        }
    }

    static final CommanderStatus NEW = new CommanderStatus(State.STARTING, "", null, 0, PtzVelocity.ZERO);

    public boolean isReady() {
        return state == State.READY;
    }
}
