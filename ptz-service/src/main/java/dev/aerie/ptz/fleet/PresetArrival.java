package dev.aerie.ptz.fleet;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.command.CommanderStatus;
import dev.aerie.ptz.command.Order;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out when a camera has reached the preset that it was sent to: its reported position rests, after it has moved,
/// or though it had time enough to begin. Of a camera that reports no position it is assumed after [#ASSUMED].
///
/// Times are those of `System.nanoTime()`. Safe for several threads.
final class PresetArrival {

    static final Duration REST = Duration.ofMillis(900);
    static final Duration BEGIN = Duration.ofSeconds(3);
    static final Duration ASSUMED = Duration.ofSeconds(10);

    private static final double SAME_DEGREES = 0.05;
    private static final double SAME_ZOOM_SHARE = 0.01;

    private @Nullable Order order;
    private @Nullable PtzPosition last;
    private long sentNanos;
    private long restsSinceNanos;
    private boolean moved;

    /// The camera was sent to a preset.
    synchronized void sent(Order toPreset, long now) {
        order = toPreset;
        last = null;
        sentNanos = now;
        restsSinceNanos = now;
        moved = false;
    }

    /// The camera was sent elsewhere, or stopped.
    synchronized void cancel() {
        order = null;
    }

    /// The order whose preset is reached now, once.
    synchronized Optional<Order> look(CommanderStatus status, long now) {
        Order going = order;
        if (going == null || !hasArrived(status, now)) {
            return Optional.empty();
        }
        order = null;
        return Optional.of(going);
    }

    private boolean hasArrived(CommanderStatus status, long now) {
        PtzPosition position = status.position();
        if (position == null) {
            return now - sentNanos >= ASSUMED.toNanos();
        }
        if (status.positionAtNanos() - sentNanos < 0) {
            return false; // reported before it was sent there
        }
        if (last != null && !isSame(position, last)) {
            moved = true;
            restsSinceNanos = status.positionAtNanos();
        }
        last = position;
        boolean rests = status.positionAtNanos() - restsSinceNanos >= REST.toNanos();
        return rests && (moved || status.positionAtNanos() - sentNanos >= BEGIN.toNanos());
    }

    private static boolean isSame(PtzPosition a, PtzPosition b) {
        return Math.abs(a.panDegrees() - b.panDegrees()) < SAME_DEGREES
                && Math.abs(a.tiltDegrees() - b.tiltDegrees()) < SAME_DEGREES
                && Math.abs(a.zoom() - b.zoom()) < SAME_ZOOM_SHARE * b.zoom();
    }
}
