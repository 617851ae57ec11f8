package dev.aerie.frames.report;

import dev.aerie.frames.crop.Crop;
import dev.aerie.frames.crop.ObjectCrops;
import dev.aerie.frames.pipeline.ProcessedFrame;
import dev.aerie.frames.pipeline.StreamSink;
import dev.aerie.messages.TrackState;
import dev.aerie.vision.mot.BoxTrack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Has each confirmed object of one stream written to [ObjectFiles]: once it has some crops, and again, where better
/// ones came, when it is lost or the session ends.
///
/// Used by the stream's thread.
public final class ObjectFilesSink implements StreamSink {

    private static final int ENOUGH_CROPS = 3;

    /// As many as have crops; what is beyond ended without being reported lost.
    private static final int MAX_OBJECTS = 32;

    private final ObjectFiles files;
    private final ObjectCrops crops;
    private final Map<Long, Seen> byObject = new LinkedHashMap<>();

    /// - `writtenFrames`: of the crops that were written last
    private record Seen(ObjectFiles.Subject subject, List<Long> writtenFrames) {}

    /// Both are lent; `crops` takes each frame before this does.
    public ObjectFilesSink(ObjectFiles files, ObjectCrops crops) {
        this.files = files;
        this.crops = crops;
    }

    @Override
    public void accept(ProcessedFrame processed) {
        var id = processed.frame().stamp().id();
        for (var state : processed.objects()) {
            BoxTrack track = state.track();
            if (track.state() == TrackState.CONFIRMED) {
                var subject = new ObjectFiles.Subject(id.stream(), id.session(), track.id(), track.label());
                var written = byObject.containsKey(track.id())
                        ? byObject.get(track.id()).writtenFrames()
                        : List.<Long>of();
                byObject.put(track.id(), new Seen(subject, written));
                if (written.isEmpty() && crops.of(track.id()).size() >= ENOUGH_CROPS) {
                    write(track.id());
                }
            } else if (track.state() == TrackState.LOST && byObject.containsKey(track.id())) {
                write(track.id());
                byObject.remove(track.id());
            }
        }
        while (byObject.size() > MAX_OBJECTS) {
            long first = byObject.keySet().iterator().next();
            write(first);
            byObject.remove(first);
        }
    }

    @Override
    public void close() {
        List.copyOf(byObject.keySet()).forEach(this::write);
        byObject.clear();
    }

    private void write(long object) {
        var seen = byObject.get(object);
        var best = crops.of(object);
        var frames = best.stream().map(ObjectFilesSink::frameNumber).toList();
        if (seen != null
                && !frames.isEmpty()
                && !frames.equals(seen.writtenFrames())
                && files.offer(seen.subject(), best)) {
            byObject.put(object, new Seen(seen.subject(), frames));
        }
    }

    private static long frameNumber(Crop crop) {
        return crop.stamp().id().frameNumber();
    }
}
