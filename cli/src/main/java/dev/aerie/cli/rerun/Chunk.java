package dev.aerie.cli.rerun;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Rows of one entity: the same components in each, on the timelines `frame` and `capture_time`, or none
/// (for all times).
final class Chunk {

    private final String entity;
    private final ArrowColumn.Numbers frames = ArrowColumn.signed64();
    private final ArrowColumn.Numbers times = ArrowColumn.timesNanos();
    private final List<Component> components = new ArrayList<>();
    private int rows;
    private boolean kept;

    record Component(String archetype, String name, String type, ArrowColumn column) {}

    /// - `entity`: its path, `/drone/video`
    Chunk(String entity) {
        this.entity = entity;
    }

    /// A component of `rerun.archetypes.ARCHETYPE`; `column` has one value for each row.
    <C extends ArrowColumn> ArrowColumn.Lists<C> component(
            String archetype, String field, String type, ArrowColumn.Lists<C> column) {
        components.add(new Component(
                "rerun.archetypes." + archetype, archetype + ":" + field, "rerun.components." + type, column));
        return column;
    }

    /// The components of one row are complete.
    void row(long frame, long captureNanos) {
        frames.add(frame);
        times.add(captureNanos);
        rows++;
    }

    /// As [#row], for all times.
    void staticRow() {
        rows++;
    }

    /// Who comes later needs it, too, though it has a time.
    void keep() {
        kept = true;
    }

    int rows() {
        return rows;
    }

    String entity() {
        return entity;
    }

    ArrowColumn.Numbers frames() {
        return frames;
    }

    ArrowColumn.Numbers times() {
        return times;
    }

    List<Component> components() {
        return components;
    }

    boolean isStatic() {
        return times.length() == 0;
    }

    /// What a later chunk replaces; empty for rows that matter in their time alone.
    String lasting() {
        return isStatic() || kept
                ? components.stream().map(Component::name).collect(Collectors.joining(" ", entity + " ", ""))
                : "";
    }
}
