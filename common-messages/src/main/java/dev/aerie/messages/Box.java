package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/// A rectangle in a frame, in pixels of that frame, origin top left. Sides are never negative; it may reach
/// outside. `[left, top, width, height]` on the wire.
public record Box(double leftPixels, double topPixels, double widthPixels, double heightPixels) {

    public Box {
        Require.finite("left", leftPixels);
        Require.finite("top", topPixels);
        Require.finite("width", widthPixels);
        Require.finite("height", heightPixels);
        if (widthPixels < 0 || heightPixels < 0) {
            throw new IllegalArgumentException(
                    "a box has sides >= 0, was " + widthPixels + " × " + heightPixels + " pixels");
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Box ofNumbers(List<Double> numbers) {
        Require.rule(numbers.size() == 4, "a box is [left, top, width, height], was " + numbers);
        return new Box(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    @JsonValue
    List<Double> toNumbers() {
        return List.of(leftPixels, topPixels, widthPixels, heightPixels);
    }

    public double rightPixels() {
        return leftPixels + widthPixels;
    }

    public double bottomPixels() {
        return topPixels + heightPixels;
    }

    public double areaPixels() {
        return widthPixels * heightPixels;
    }

    /// Area of what is in both; 0 where nothing is.
    public double sharedPixels(Box other) {
        double width = Math.min(rightPixels(), other.rightPixels()) - Math.max(leftPixels, other.leftPixels);
        double height = Math.min(bottomPixels(), other.bottomPixels()) - Math.max(topPixels, other.topPixels);
        return width <= 0 || height <= 0 ? 0 : width * height;
    }

    /// Intersection over union, 0..1; 0 where both are empty.
    public double overlapWith(Box other) {
        double shared = sharedPixels(other);
        return shared == 0 ? 0 : shared / (areaPixels() + other.areaPixels() - shared);
    }
}
