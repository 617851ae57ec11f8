package dev.aerie.ptz.control;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs the state changes of one camera's controller, one `event key=value` line for each; `docs/ptz.md` lists them.
public final class FollowEvents {

    private static final Logger LOG = LoggerFactory.getLogger(FollowEvents.class);

    private final String camera;

    public FollowEvents(String camera) {
        this.camera = camera;
    }

    /// - `afterSeconds`: that the former state lasted
    void changed(FollowState from, FollowState to, double afterSeconds) {
        if (LOG.isInfoEnabled()) {
            LOG.info(String.format(
                    Locale.ROOT,
                    "follow state camera=%s from=%s to=%s afterSeconds=%.2f",
                    camera,
                    name(from),
                    name(to),
                    afterSeconds));
        }
    }

    /// - `observations`: that disagreed with the estimate and agreed with each other
    void replaced(int observations, double degrees) {
        if (LOG.isInfoEnabled()) {
            LOG.info(String.format(
                    Locale.ROOT,
                    "target jumped camera=%s observations=%d degrees=%.1f",
                    camera,
                    observations,
                    degrees));
        }
    }

    private static String name(FollowState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
