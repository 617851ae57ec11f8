package dev.aerie.messages;

/// A rectangle in a picture, in pixels of that picture, origin top left. Sides are never negative; it may reach
/// outside.
public record Box(double leftPixels, double topPixels, double widthPixels, double heightPixels) {

    public Box {
        if (!(widthPixels >= 0) || !(heightPixels >= 0)) {
            throw new IllegalArgumentException(
                    "a box has sides >= 0, was " + widthPixels + " × " + heightPixels + " pixels");
        }
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

    /// Intersection over union, 0..1; 0 where both are empty.
    public double overlapWith(Box other) {
        double width = Math.min(rightPixels(), other.rightPixels()) - Math.max(leftPixels, other.leftPixels);
        double height = Math.min(bottomPixels(), other.bottomPixels()) - Math.max(topPixels, other.topPixels);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        double shared = width * height;
        return shared / (areaPixels() + other.areaPixels() - shared);
    }
}
