package dev.aerie.vision.sam2;

import java.util.ArrayList;
import java.util.List;

/// Clicks and boxes of one object in one frame, in pixels of the model's square image.
record Points(List<Point> points) {

    /// Maximum of one prompt, which bounds the work.
    static final int MAX = 64;

    static final Points EMPTY = new Points(List.of());

    /// Padding where there are no clicks: the network needs at least one point.
    static final Points NONE = new Points(List.of(new Point(0, 0, Meaning.PADDING)));

    Points {
        points = List.copyOf(points);
    }

    int count() {
        return points.size();
    }

    /// Whether any point is on the object.
    boolean hasForeground() {
        return points.stream().anyMatch(point -> point.meaning() != Meaning.BACKGROUND);
    }

    /// This; throws [IllegalArgumentException] where there are more points than [#MAX].
    Points checked() {
        if (points.size() > MAX) {
            throw new IllegalArgumentException("an object is prompted by %d points in one frame, at most %d are taken"
                    .formatted(points.size(), MAX));
        }
        return this;
    }

    /// These after `earlier` ones of the same frame; a new box replaces an earlier one.
    Points after(Points earlier) {
        boolean newBox = points.stream().anyMatch(Point::isCorner);
        var all = new ArrayList<Point>();
        earlier.points.stream().filter(point -> !(newBox && point.isCorner())).forEach(all::add);
        all.addAll(newBox ? 0 : all.size(), points);
        return new Points(all).checked();
    }

    /// Meaning of a point, with the network's label.
    enum Meaning {
        PADDING(-1),
        BACKGROUND(0),
        FOREGROUND(1),
        TOP_LEFT(2),
        BOTTOM_RIGHT(3);

        private final long label;

        Meaning(long label) {
            this.label = label;
        }

        long label() {
            return label;
        }
    }

    record Point(float xPixels, float yPixels, Meaning meaning) {

        boolean isCorner() {
            return meaning == Meaning.TOP_LEFT || meaning == Meaning.BOTTOM_RIGHT;
        }
    }
}
