package dev.aerie.frames.identify;

import dev.aerie.frames.crop.Crop;
import dev.aerie.frames.crop.ObjectCrops;
import dev.aerie.frames.pipeline.ProcessedFrame;
import dev.aerie.frames.pipeline.StreamSink;
import dev.aerie.messages.TrackState;
import dev.aerie.vision.mot.BoxTrack;
import java.util.List;

/// Requests identification of each confirmed object of one stream as soon as it has enough crops.
public final class IdentifyingSink implements StreamSink {

    private static final int ENOUGH_CROPS = 3;

    private final Identifier identifier;
    private final ObjectCrops crops;

    /// Both are lent; `crops` takes each frame before this does.
    public IdentifyingSink(Identifier identifier, ObjectCrops crops) {
        this.identifier = identifier;
        this.crops = crops;
    }

    @Override
    public void accept(ProcessedFrame processed) {
        var id = processed.frame().stamp().id();
        for (var state : processed.objects()) {
            BoxTrack track = state.track();
            var subject = new VisionApi.Subject(id.stream(), id.session(), track.id(), track.label());
            if (track.state() == TrackState.CONFIRMED && identifier.isNew(subject)) {
                List<Crop> best = crops.of(track.id());
                if (best.size() >= ENOUGH_CROPS) {
                    identifier.enqueue(subject, best);
                }
            }
        }
    }
}
