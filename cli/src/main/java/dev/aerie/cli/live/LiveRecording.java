package dev.aerie.cli.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.cli.rerun.PointCloud;
import dev.aerie.cli.rerun.RerunRecording;
import dev.aerie.cli.rerun.RerunStore;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.Message;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Frames and messages of a live stream as a recording of Rerun for each of its sessions, row by row.
final class LiveRecording {

    /// A quarter of an hour at 20 poses a second; the trajectory is sent whole, again and again.
    private static final int POSITIONS = 18_000;

    private final LiveLog log;
    private final String stream;
    private final OptionalDouble fieldOfViewDegrees;

    @GuardedBy("this")
    private @Nullable RerunRecording recording;

    @GuardedBy("this")
    private String session = "";

    /// - `fieldOfViewDegrees`: of the camera, from its left to its right edge
    LiveRecording(LiveLog log, String stream, OptionalDouble fieldOfViewDegrees) {
        this.log = log;
        this.stream = stream;
        this.fieldOfViewDegrees = fieldOfViewDegrees;
    }

    /// A frame; the first of a session that counts is an IDR frame.
    synchronized void add(AccessUnit unit, FrameStamp stamp) {
        try {
            if (unit.isIdr()) {
                begin(stamp);
                log.beginGroup();
            }
            RerunRecording current = recording;
            if (current != null && stamp.id().session().equals(session)) {
                current.add(unit, stamp.id().frameNumber(), stamp.captureTimeNanos());
                current.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A message of the bus; nothing for one of another session.
    synchronized void add(Message message) {
        Envelope envelope = message.envelope();
        RerunRecording current = recording;
        if (current == null
                || !session.equals(envelope.session())
                || envelope.frameNumber() == null
                || envelope.captureTimeNanos() == null) {
            return;
        }
        try {
            if (current.add(message)) {
                current.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The map as it is now.
    synchronized void addPoints(PointCloud points) {
        try {
            if (recording != null) {
                recording.addPoints(points);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends what holds for all times and has changed.
    synchronized void refresh() {
        try {
            if (recording != null) {
                recording.refresh();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GuardedBy("this")
    private void begin(FrameStamp stamp) throws IOException {
        if (!stamp.id().session().equals(session)) {
            session = stamp.id().session();
            var store = new RerunStore(log, session, stamp.captureTimeNanos());
            recording = new RerunRecording(store, stream, fieldOfViewDegrees);
            recording.keepPositions(POSITIONS);
        }
    }
}
