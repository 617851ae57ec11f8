package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/// A place in a frame, in pixels from the top left; `[x, y]` on the wire.
public record Point(double xPixels, double yPixels) {

    public Point {
        Require.finite("x", xPixels);
        Require.finite("y", yPixels);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Point ofNumbers(List<Double> numbers) {
        Require.rule(numbers.size() == 2, "a point is [x, y], was " + numbers);
        return new Point(numbers.get(0), numbers.get(1));
    }

    @JsonValue
    List<Double> toNumbers() {
        return List.of(xPixels, yPixels);
    }
}
