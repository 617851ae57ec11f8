package dev.aerie.slam.dense;

import dev.aerie.geometry.Vector3;
import java.util.List;

/// Points on surfaces, each with its colour, 0xRRGGBB.
public record DenseCloud(List<Vector3> points, List<Integer> colours) {

    public DenseCloud {
        points = List.copyOf(points);
        colours = List.copyOf(colours);
        if (points.size() != colours.size()) {
            throw new IllegalArgumentException(points.size() + " points, " + colours.size() + " colours");
        }
    }
}
