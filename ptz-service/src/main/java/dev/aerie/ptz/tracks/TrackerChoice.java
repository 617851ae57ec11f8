package dev.aerie.ptz.tracks;

import dev.aerie.vision.mot.BotSort;
import dev.aerie.vision.mot.BotSortConfig;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.mot.MultiObjectTracker;
import dev.aerie.vision.mot.OcSort;
import dev.aerie.vision.mot.OcSortConfig;

/// The tracker of boxes, one for each stream.
public enum TrackerChoice {
    BYTETRACK,
    OCSORT,
    BOTSORT;

    /// A tracker for one more stream.
    ///
    /// - `isMotion`: whether detections are those of what moves, which come and go
    public MultiObjectTracker open(boolean isMotion) {
        return switch (this) {
            case BYTETRACK -> new ByteTrack(isMotion ? ByteTrackConfig.INTERMITTENT : ByteTrackConfig.DEFAULT);
            case OCSORT -> new OcSort(OcSortConfig.DEFAULT);
            case BOTSORT -> new BotSort(BotSortConfig.DEFAULT);
        };
    }
}
