package dev.aerie.benchmarks;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.sam2.Sam2Trackers;
import dev.aerie.vision.segment.BilateralTrackers;
import java.util.List;
import java.util.regex.Pattern;

/// How a tracker is soaked: `./aerie soak`.
///
/// - `tracker`: `bilateral`, or `sam2`
/// - `model`, `size`: of `sam2`; side of the square that the model sees, in pixels
/// - `frames`: in all
/// - `objects`: followed at a time
/// - `frameSize`: of each
public record SoakOptions(String tracker, String model, int size, int frames, int objects, FrameSize frameSize) {

    /// Stretches of the run that are compared with one another.
    static final int ROWS = 10;

    private static final int MIN_SIDE = 64;
    private static final Pattern SIDES = Pattern.compile("(\\d{1,4})x(\\d{1,4})");

    private static final List<String> TRACKERS = List.of(BilateralTrackers.NAME, Sam2Trackers.NAME);

    public SoakOptions {
        if (!TRACKERS.contains(tracker)) {
            throw new IllegalArgumentException(
                    "--tracker: no tracker '" + tracker + "', there are: " + String.join(", ", TRACKERS));
        }
        if (frameSize.widthPixels() < MIN_SIDE || frameSize.heightPixels() < MIN_SIDE) {
            throw new IllegalArgumentException("--frame is at least 64x64, was " + frameSize);
        }
        if (frames < ROWS || objects < 1) {
            throw new IllegalArgumentException(
                    "at least " + ROWS + " frames of 1 object, was told " + frames + " of " + objects);
        }
    }

    /// From `640x360`.
    public static FrameSize size(String text) {
        var sides = SIDES.matcher(text);
        if (!sides.matches()) {
            throw new IllegalArgumentException("--frame is WIDTHxHEIGHT in pixels, was " + text);
        }
        return new FrameSize(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
    }

    int framesPerRow() {
        return frames / ROWS;
    }
}
