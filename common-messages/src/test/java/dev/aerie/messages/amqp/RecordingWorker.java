package dev.aerie.messages.amqp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A worker that writes down what it was told.
class RecordingWorker implements StreamWorkQueue.Worker {

    final List<StreamAssignment> assigned = new CopyOnWriteArrayList<>();
    final List<StreamAssignment> revoked = new CopyOnWriteArrayList<>();

    @Override
    public void assigned(StreamAssignment assignment) {
        assigned.add(assignment);
    }

    @Override
    public void revoked(StreamAssignment assignment) {
        revoked.add(assignment);
    }
}
