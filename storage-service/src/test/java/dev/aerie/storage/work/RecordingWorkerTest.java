package dev.aerie.storage.work;

import static dev.aerie.storage.testing.NumberedVideo.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.amqp.StreamAssignments;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.video.AccessUnit;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class RecordingWorkerTest {

    private static final NumberedVideo VIDEO = NumberedVideo.of("drone");
    private static final StreamAssignment ASSIGNMENT =
            StreamAssignments.of(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, VIDEO.stream(), SESSION));
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int EARLY = 20;
    private static final int FRAMES = 30;

    @TempDir
    private Path folder;

    private final CountDownLatch lateOnes = new CountDownLatch(1);

    /// Gives some frames at once, and the rest when the recording is being closed already.
    private final class Late implements StreamSource<AccessUnit> {

        private final Iterator<AccessUnit> units =
                VIDEO.units(SESSION, 0, FRAMES).iterator();
        private int given;
        private volatile boolean closed;

        @Override
        public AccessUnit next() throws IOException {
            if (given++ == EARLY) {
                awaitLateOnes();
            }
            if (closed) {
                throw new IOException("closed");
            }
            if (!units.hasNext()) {
                throw new EOFException("the stream has ended");
            }
            return units.next();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void close_framesStillOnTheirWay_areRecordedToo() throws Exception {
        try (var archive = new FilledArchive(folder)) {
            var worker = RecordingWorker.begin(ASSIGNMENT, input(), archive::recorder, new Unheard());
            Eventually.holds("the early ones", LIMIT, () -> worker.status().frames() == EARLY);
            var closing = Thread.ofPlatform().start(worker::close);
            Eventually.holds("is being closed", LIMIT, () -> closing.getState() == Thread.State.TIMED_WAITING);
            lateOnes.countDown();
            closing.join();

            assertThat(worker.status().frames()).isEqualTo(FRAMES);
        }
    }

    private StreamInput<AccessUnit> input() {
        return new StreamInput<>(
                stream ->
                        RtspConfig.of(stream, "rtsp://nowhere/" + stream).withProvider(new BackpressurePolicy.Inline()),
                _ -> Late::new,
                new Random(1));
    }

    private void awaitLateOnes() {
        try {
            lateOnes.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Unheard implements WorkListener {
        @Override
        public void onSessionEnd() {}

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError("the work failed", cause);
        }
    }
}
