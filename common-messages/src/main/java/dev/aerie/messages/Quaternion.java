package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/// A rotation as a unit quaternion, real part first; `[w, x, y, z]` on the wire.
public record Quaternion(double w, double x, double y, double z) {

    private static final double TOLERANCE = 1e-3;

    public Quaternion {
        double norm = Math.sqrt(w * w + x * x + y * y + z * z);
        Require.rule(
                Math.abs(norm - 1) <= TOLERANCE, "a quaternion has length 1 within " + TOLERANCE + ", was " + norm);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Quaternion ofNumbers(List<Double> numbers) {
        Require.rule(numbers.size() == 4, "a quaternion is [w, x, y, z], was " + numbers);
        return new Quaternion(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    @JsonValue
    List<Double> toNumbers() {
        return List.of(w, x, y, z);
    }
}
