package dev.aerie.ingest.live;

import dev.aerie.ingest.mp4.Fmp4Muxer;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.mp4.VideoTrack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Frames for Media Source Extensions: each access unit as one fragment, its name as text in front of it.
final class Fmp4Format implements LiveFormat {

    private final String stream;
    private final Fmp4Muxer muxer = new Fmp4Muxer();
    private @Nullable Known announced;
    private long counted;

    private record Known(VideoTrack track, LiveText.Config config) {}

    Fmp4Format(String stream) {
        this.stream = stream;
    }

    @Override
    public List<WebSocketMessage> encode(AccessUnit unit) {
        var name = FrameName.of(unit, counted++);
        var payloads = new ArrayList<WebSocketMessage>(4);
        if (unit.isIdr()) {
            VideoTrack.of(unit).ifPresent(track -> announce(track, name, payloads));
        }
        if (announced != null) {
            addFragment(unit, name, payloads);
        }
        return payloads;
    }

    private void announce(VideoTrack track, FrameName name, List<WebSocketMessage> payloads) {
        var size = track.size();
        var config = new LiveText.Config(
                "fmp4", stream, name.session().toString(), track.codec(), size.widthPixels(), size.heightPixels());
        var known = new Known(track, config);
        if (!known.equals(announced)) {
            announced = known;
            payloads.add(Json.text(config));
            payloads.add(new WebSocketMessage.Binary(muxer.initSegment(track)));
        }
    }

    private void addFragment(AccessUnit unit, FrameName name, List<WebSocketMessage> payloads) {
        var fragment = muxer.fragment(unit);
        payloads.add(Json.text(new LiveText.Frame(
                name.session().toString(),
                name.frameNumber(),
                name.captureTimeNanos(),
                unit.isIdr(),
                fragment.time().presentationTicks(),
                Fmp4Muxer.TIMESCALE)));
        payloads.add(new WebSocketMessage.Binary(fragment.bytes()));
    }
}
