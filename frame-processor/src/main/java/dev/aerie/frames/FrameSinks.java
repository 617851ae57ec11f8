package dev.aerie.frames;

import dev.aerie.frames.crop.CropStore;
import dev.aerie.frames.identify.Identifier;
import dev.aerie.frames.identify.IdentifyingSink;
import dev.aerie.frames.pipeline.ProcessedFrame;
import dev.aerie.frames.pipeline.StreamSink;
import dev.aerie.frames.report.DetectionFiles;
import dev.aerie.frames.report.ObjectFiles;
import dev.aerie.frames.report.ObjectFilesSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Consumers of processed frames besides the bus. Owns what all streams share.
final class FrameSinks implements StreamSink.Factory, AutoCloseable {

    private final CropStore crops;
    private final Optional<Identifier> identifier;
    private final Optional<DetectionFiles> files;
    private final Optional<ObjectFiles> objects;
    private final StreamSink.Factory overlays;

    /// `identifier`, `files` and `objects` are owned from here on.
    FrameSinks(
            CropStore crops,
            Optional<Identifier> identifier,
            Optional<DetectionFiles> files,
            Optional<ObjectFiles> objects,
            StreamSink.Factory overlays) {
        this.crops = crops;
        this.identifier = identifier;
        this.files = files;
        this.objects = objects;
        this.overlays = overlays;
    }

    @Override
    public StreamSink open(String stream, String session) {
        var sinks = new ArrayList<StreamSink>();
        var kept = crops.open(stream);
        sinks.add(kept);
        identifier.ifPresent(asked -> sinks.add(new IdentifyingSink(asked, kept)));
        files.ifPresent(written -> sinks.add(written::take));
        objects.ifPresent(written -> sinks.add(new ObjectFilesSink(written, kept)));
        sinks.add(overlays.open(stream, session));
        return new InTurn(List.copyOf(sinks));
    }

    @Override
    public void close() {
        identifier.ifPresent(Identifier::close);
        files.ifPresent(DetectionFiles::close);
        objects.ifPresent(ObjectFiles::close);
    }

    private record InTurn(List<StreamSink> sinks) implements StreamSink {

        @Override
        public void accept(ProcessedFrame processed) {
            sinks.forEach(sink -> sink.accept(processed));
        }

        @Override
        public void close() {
            sinks.forEach(StreamSink::close);
        }
    }
}
