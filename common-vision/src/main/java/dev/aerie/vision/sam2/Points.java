package dev.aerie.vision.sam2;

import java.util.ArrayList;
import java.util.List;

/// What was said of one object in one frame by clicks and boxes, in pixels of the model's square image.
record Points(List<Point> points) {

    /// The most that one prompt may hold: far more than help, few enough to bound the work.
    static final int MAX = 64;

    static final Points EMPTY = new Points(List.of());

    /// In place of clicks where there are none: the network wants at least one.
    static final Points NONE = new Points(List.of(new Point(0, 0, Meaning.PADDING)));

    Points {
        points = List.copyOf(points);
    }

    int count() {
        return points.size();
    }

    /// Whether there is something to find, not only something to leave out.
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

    /// What a point says, by the number that the network knows it by.
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
