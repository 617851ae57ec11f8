package dev.aerie.vision.sam2;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.track.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Converts prompts to the model's inputs, object by object.
final class PromptReader {

    private final FrameSize size;
    private final double columnsPerPixel;
    private final double rowsPerPixel;

    PromptReader(FrameSize size, Geometry geometry) {
        this.size = size;
        columnsPerPixel = (double) geometry.sidePixels() / size.widthPixels();
        rowsPerPixel = (double) geometry.sidePixels() / size.heightPixels();
    }

    /// The prompts of each object, in ascending order of identities.
    ///
    /// Throws [IllegalArgumentException] for a mask together with other prompts of its object, a mask of another
    /// size, or more points than [Points#MAX].
    List<PromptedObject> read(List<Prompt> prompts) {
        Map<Long, List<Prompt>> byObject = new TreeMap<>();
        prompts.forEach(prompt -> byObject.computeIfAbsent(prompt.object(), _ -> new ArrayList<>())
                .add(prompt));
        var read = new ArrayList<PromptedObject>();
        byObject.forEach((object, ofObject) -> read.add(readObject(object, ofObject)));
        return read;
    }

    private PromptedObject readObject(long object, List<Prompt> ofObject) {
        var points = new ArrayList<Points.Point>();
        Optional<BinaryMask> mask = Optional.empty();
        for (Prompt prompt : ofObject) {
            switch (prompt) {
                case Prompt.PointPrompt clicks -> clicks.clicks().forEach(click -> points.add(point(click)));
                case Prompt.BoxPrompt box -> {
                    points.removeIf(Points.Point::isCorner);
                    points.addAll(0, corners(box.box()));
                }
                case Prompt.MaskPrompt maskPrompt -> mask = Optional.of(checked(maskPrompt, ofObject.size()));
            }
        }
        return new PromptedObject(object, new Points(points).checked(), mask);
    }

    private BinaryMask checked(Prompt.MaskPrompt prompt, int prompts) {
        if (prompts > 1) {
            throw new IllegalArgumentException(
                    "object " + prompt.object() + " is prompted by a mask, which stands alone, and by something else");
        }
        if (!prompt.mask().size().equals(size)) {
            throw new IllegalArgumentException("the mask of object " + prompt.object() + " is of a frame of "
                    + prompt.mask().size() + ", the frames are of " + size);
        }
        return prompt.mask();
    }

    private Points.Point point(Prompt.Click click) {
        var meaning = click.positive() ? Points.Meaning.FOREGROUND : Points.Meaning.BACKGROUND;
        return point(click.point().xPixels(), click.point().yPixels(), meaning);
    }

    private List<Points.Point> corners(Box box) {
        return List.of(
                point(box.leftPixels(), box.topPixels(), Points.Meaning.TOP_LEFT),
                point(box.rightPixels(), box.bottomPixels(), Points.Meaning.BOTTOM_RIGHT));
    }

    private Points.Point point(double xPixels, double yPixels, Points.Meaning meaning) {
        return new Points.Point((float) (xPixels * columnsPerPixel), (float) (yPixels * rowsPerPixel), meaning);
    }
}
