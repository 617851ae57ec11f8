package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/// Three numbers along three axes; which axes and which unit the field that holds it says. `[x, y, z]` on the wire.
public record Vector3(double x, double y, double z) {

    public Vector3 {
        Require.finite("x", x);
        Require.finite("y", y);
        Require.finite("z", z);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Vector3 ofNumbers(List<Double> numbers) {
        Require.rule(numbers.size() == 3, "a vector is [x, y, z], was " + numbers);
        return new Vector3(numbers.get(0), numbers.get(1), numbers.get(2));
    }

    @JsonValue
    List<Double> toNumbers() {
        return List.of(x, y, z);
    }
}
