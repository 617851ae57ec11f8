package dev.aerie.ingest.rtsp;

import dev.aerie.video.AccessUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes every publication and remembers what came.
public final class RecordedPublications implements PublishHandler {

    public final List<Recorded> all = new CopyOnWriteArrayList<>();

    @Override
    public Publication open(String stream, String remoteAddress) throws PublishRefusedException {
        if (stream.equals("taken")) {
            throw new PublishRefusedException(409, "stream taken is being published already");
        }
        var recorded = new Recorded(stream);
        all.add(recorded);
        return recorded;
    }

    public static final class Recorded implements Publication {
        public final String stream;
        public final List<AccessUnit> units = new CopyOnWriteArrayList<>();
        public final List<OptionalLong> captureTimesNanos = new CopyOnWriteArrayList<>();
        public volatile String endedBy = "";

        Recorded(String stream) {
            this.stream = stream;
        }

        @Override
        public void accept(AccessUnit unit, OptionalLong captureTimeNanos) {
            units.add(unit);
            captureTimesNanos.add(captureTimeNanos);
        }

        @Override
        public void ended(String cause) {
            endedBy = cause;
        }
    }
}
