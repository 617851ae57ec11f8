package dev.aerie.cli.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.cli.rerun.PointCloud;
import dev.aerie.cli.rerun.RerunRecording;
import dev.aerie.cli.rerun.RerunStore;
import dev.aerie.cli.rerun.RrdWriter;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Makes a recording of Rerun, which begins with the first frame or message.
final class RerunExport implements RecordingSink {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OutputStream out;
    private final String session;
    private final String stream;
    private final OptionalDouble fieldOfViewDegrees;
    private final Optional<PointCloud> points;
    private @Nullable RrdWriter writer;
    private @Nullable RerunRecording recording;
    private long frames;
    private long messages;

    /// - `out`: owned from here on
    /// - `points`: of the map; empty without them
    RerunExport(
            OutputStream out,
            String session,
            String stream,
            OptionalDouble fieldOfViewDegrees,
            Optional<PointCloud> points) {
        this.out = out;
        this.session = session;
        this.stream = stream;
        this.fieldOfViewDegrees = fieldOfViewDegrees;
        this.points = points;
    }

    @Override
    public void add(AccessUnit unit, FrameStamp stamp) throws IOException {
        frames++;
        begun(stamp.captureTimeNanos()).add(unit, stamp.id().frameNumber(), stamp.captureTimeNanos());
    }

    @Override
    public void add(JsonNode message) throws IOException {
        if (MessageType.ofSchema(message.path("schema").asText()).isEmpty()) {
            return; // of another version
        }
        Message read;
        try {
            read = Messages.read(JSON.writeValueAsBytes(message));
        } catch (JsonProcessingException | MalformedMessageException e) {
            throw new IOException("a message of the recording cannot be read: " + e.getMessage(), e);
        }
        Long captured = read.envelope().captureTimeNanos();
        if (captured != null && begun(captured).add(read)) {
            messages++;
        }
    }

    @Override
    public void finish() throws IOException {
        var begun = begun(0);
        if (points.isPresent()) {
            begun.addPoints(points.get());
        }
        begun.finish();
    }

    @Override
    public long frames() {
        return frames;
    }

    @Override
    public long messages() {
        return messages;
    }

    @Override
    public void close() throws IOException {
        if (writer == null) {
            out.close();
        } else {
            writer.close();
        }
    }

    private RerunRecording begun(long nanos) throws IOException {
        RerunRecording begun = recording;
        if (begun == null) {
            writer = new RrdWriter(out);
            begun = new RerunRecording(new RerunStore(writer, session, nanos), stream, fieldOfViewDegrees);
            recording = begun;
        }
        return begun;
    }
}
