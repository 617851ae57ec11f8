package dev.aerie.ingest.rtsp;

import dev.aerie.video.AccessUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes every publication and remembers what came.
final class RecordedPublications implements PublishHandler {

    final List<Recorded> all = new CopyOnWriteArrayList<>();

    @Override
    public Publication open(String stream, String remoteAddress) throws PublishRefusedException {
        if (stream.equals("taken")) {
            throw new PublishRefusedException(409, "stream taken is being published already");
        }
        var recorded = new Recorded(stream);
        all.add(recorded);
        return recorded;
    }

    static final class Recorded implements Publication {
        final String stream;
        final List<AccessUnit> units = new CopyOnWriteArrayList<>();
        final List<OptionalLong> captureTimesNanos = new CopyOnWriteArrayList<>();
        volatile String endedBy = "";

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
