package dev.aerie.vision.segment;

/// Scratch memory that all objects of a stream share. Owns native memory.
final class Workspace implements AutoCloseable {

    private static final int SMOOTHING_CELLS = 4;
    private static final double MIN_VARIANCE = 1e-3;

    private final WindowFlow flow = new WindowFlow();
    private final GuidedFilter filter = new GuidedFilter(SMOOTHING_CELLS, MIN_VARIANCE);

    WindowFlow flow() {
        return flow;
    }

    GuidedFilter filter() {
        return filter;
    }

    @Override
    public void close() {
        flow.close();
        filter.close();
    }
}
