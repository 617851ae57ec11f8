package dev.aerie.storage.web;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.Producer;
import dev.aerie.messages.RecordingEvent;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.Outbox;
import dev.aerie.storage.catalog.Recording;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.storage.clip.Clip;
import dev.aerie.storage.web.ArchiveQueries.Stretch;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Announces new clips on the bus, each once although a player requests it in many byte ranges. Safe for several
/// threads.
@Singleton
final class ClipEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ClipEvents.class);
    private static final int REMEMBERED = 256;

    private final Catalog catalog;
    private final Recordings recordings;
    private final Producer producer;
    private final InstantSource clock;

    @GuardedBy("this")
    private final Map<String, Boolean> announced = new LinkedHashMap<>();

    ClipEvents(Catalog catalog, Recordings recordings, Producer producer, InstantSource clock) {
        this.catalog = catalog;
        this.recordings = recordings;
        this.producer = producer;
        this.clock = clock;
    }

    /// - `cut`: the value in the request
    void made(Clip clip, Stretch when, String cut) throws CatalogUnavailableException {
        String address = "api/streams/%s/clip?from=%s&to=%s&cut=%s"
                .formatted(
                        clip.stream(), TimeParameter.text(when.fromNanos()), TimeParameter.text(when.toNanos()), cut);
        if (!isNew(address + clip.source().tag())) {
            return;
        }
        var message = event(clip, address);
        var _ = catalog.<Boolean>change(connection -> {
                    Outbox.add(connection, message);
                    return true;
                })
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        LOG.warn("clip not announced stream={} cause={}", clip.stream(), failure.getMessage());
                    }
                });
    }

    private synchronized boolean isNew(String name) {
        boolean isNew = announced.put(name, true) == null;
        if (announced.size() > REMEMBERED) {
            announced.remove(announced.keySet().iterator().next());
        }
        return isNew;
    }

    /// For a clip across sessions, names the part in the first session.
    private RecordingEvent event(Clip clip, String address) throws CatalogUnavailableException {
        var first = clip.frames().getFirst();
        var source = recordings
                .find(clip.stream(), first.id().session())
                .map(Recording::clock)
                .orElse(CaptureClock.ARRIVAL);
        var last = clip.frames().stream()
                .filter(frame -> frame.id().session().equals(first.id().session()))
                .reduce(first, (_, later) -> later);
        return new RecordingEvent(
                Envelope.ofFrame(first.id(), first.captureTimeNanos(), source, clock.instant(), producer),
                RecordingEvent.Kind.WRITTEN,
                RecordingEvent.Item.CLIP,
                first.id().session(),
                address,
                Math.max(first.id().frameNumber(), last.id().frameNumber()),
                Math.max(0, last.captureTimeNanos() - first.captureTimeNanos()),
                clip.source().lengthBytes());
    }
}
