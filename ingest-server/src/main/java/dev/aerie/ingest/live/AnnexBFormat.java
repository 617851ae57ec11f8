package dev.aerie.ingest.live;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.Sps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Frames for WebCodecs: each access unit as it is, behind a header that names it.
///
/// ```
/// version u8 = 1 · flags u8 (bit 0: IDR) · session 16 bytes · frame number u64 · capture time i64, Unix
/// nanoseconds · Annex-B
/// ```
/// All numbers are big endian.
final class AnnexBFormat implements LiveFormat {

    static final int HEADER_BYTES = 34;

    private static final byte VERSION = 1;
    private static final byte FLAG_IDR = 1;

    private final String stream;
    private LiveText.@Nullable Config announced;
    private long counted;

    AnnexBFormat(String stream) {
        this.stream = stream;
    }

    @Override
    public List<WebSocketMessage> encode(AccessUnit unit) {
        var name = FrameName.of(unit, counted++);
        var payloads = new ArrayList<WebSocketMessage>(2);
        if (unit.isIdr()) {
            Sps.in(unit).ifPresent(sps -> announce(sps, name, payloads));
        }
        payloads.add(new WebSocketMessage.Binary(frame(unit, name)));
        return payloads;
    }

    private void announce(Sps sps, FrameName name, List<WebSocketMessage> payloads) {
        var size = sps.size();
        var config = new LiveText.Config(
                "annexb", stream, name.session().toString(), sps.codec(), size.widthPixels(), size.heightPixels());
        if (!config.equals(announced)) {
            announced = config;
            payloads.add(Json.text(config));
        }
    }

    private static ByteBuffer frame(AccessUnit unit, FrameName name) {
        return ByteBuffer.allocate(HEADER_BYTES + unit.sizeBytes())
                .put(VERSION)
                .put(unit.isIdr() ? FLAG_IDR : 0)
                .putLong(name.session().mostSignificantBits())
                .putLong(name.session().minSignificantBits())
                .putLong(name.frameNumber())
                .putLong(name.captureTimeNanos())
                .put(unit.annexB())
                .flip();
    }
}
