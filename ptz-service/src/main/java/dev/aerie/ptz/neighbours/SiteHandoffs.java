package dev.aerie.ptz.neighbours;

import dev.aerie.messages.PtzEvent.Kind;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.ptz.handoff.CameraReport;
import dev.aerie.ptz.handoff.HandoffConfig;
import dev.aerie.ptz.handoff.HandoffCoordinator;
import dev.aerie.ptz.handoff.HandoffEvent;
import dev.aerie.ptz.handoff.HandoffEvent.Handoff;
import dev.aerie.ptz.handoff.IdentitySimilarity;
import dev.aerie.ptz.site.Site;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives a target that leaves one camera's reach to the neighbour that will see it, and tells so on the bus. Only
/// cameras that follow one target by themselves take part, and of those the ones that the site knows.
///
/// Safe for several threads: frames of each camera come on its stream's.
public final class SiteHandoffs {

    private static final Logger LOG = LoggerFactory.getLogger(SiteHandoffs.class);

    private final HandoffCoordinator coordinator;
    private final List<Steering> members;

    /// - `site`: its cameras have the names of those that are steered; of others nothing comes
    public SiteHandoffs(Site site, HandoffConfig config, IdentitySimilarity identities, Steerings steerings) {
        this.coordinator = new HandoffCoordinator(site, config, identities);
        this.members = steerings.all().stream()
                .filter(one -> site.camera(one.camera().name()).isPresent())
                .toList();
        members.forEach(one -> coordinator.withdraw(one.camera().name()));
    }

    /// Takes what a camera saw in a frame.
    public synchronized void report(CameraReport report) {
        if (members.size() < 2) {
            return;
        }
        for (Steering one : members) {
            if (!one.takesPart()) {
                coordinator.withdraw(one.camera().name()).forEach(this::act);
            }
        }
        if (find(report.camera()).filter(Steering::takesPart).isPresent()) {
            coordinator.report(report).forEach(this::act);
        }
    }

    private void act(HandoffEvent event) {
        Handoff handoff = event.handoff();
        switch (event) {
            case HandoffEvent.Offered offered -> {
                to(handoff, steering -> steering.await(offered.pointTo()));
                tell(handoff, Kind.HANDOFF_OFFERED, handoff.isHandBack() ? "hand back" : "it leaves");
            }
            case HandoffEvent.Repositioned moved -> to(handoff, steering -> steering.await(moved.pointTo()));
            case HandoffEvent.Confirmed confirmed -> {
                to(handoff, steering -> steering.take(confirmed.toTrackId()));
                from(handoff, steering -> steering.give(handoff.fromTrackId()));
                tell(handoff, Kind.HANDOFF_CONFIRMED, words(confirmed.evidence()));
                tell(handoff, Kind.HANDOFF, words(confirmed.evidence()));
            }
            case HandoffEvent.Failed failed -> {
                to(handoff, Steering::waitNoMore);
                tell(handoff, Kind.HANDOFF_FAILED, words(failed.cause()));
            }
        }
    }

    private void to(Handoff handoff, Consumer<Steering> action) {
        find(handoff.to()).ifPresent(action);
    }

    private void from(Handoff handoff, Consumer<Steering> action) {
        find(handoff.from()).ifPresent(action);
    }

    private void tell(Handoff handoff, Kind kind, String cause) {
        LOG.info(
                "{} from={} to={} object={} cause=\"{}\"",
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                handoff.from(),
                handoff.to(),
                handoff.fromTrackId(),
                cause);
        from(
                handoff,
                steering -> steering.camera()
                        .events()
                        .tell(
                                kind,
                                draft -> draft.object(handoff.fromTrackId())
                                        .toCamera(handoff.to())
                                        .cause(cause)));
    }

    private Optional<Steering> find(String camera) {
        return members.stream()
                .filter(one -> one.camera().name().equals(camera))
                .findFirst();
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
