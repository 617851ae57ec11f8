package dev.aerie.ptz.command;

import dev.aerie.ptz.camera.PtzException;

/// Hears what becomes of commands. Told on the camera's thread; never waits.
public interface CommanderListener {

    /// The camera has answered that it does what was ordered.
    ///
    /// - `sentAtNanos`: of `System.nanoTime()`, when it was sent; `answeredAtNanos`: when its answer had come
    void sent(Order order, long sentAtNanos, long answeredAtNanos);

    /// The camera was stopped, and has answered.
    void stopped(String cause);

    /// The camera did not do something.
    void failed(PtzException cause);

    /// It does nothing that it is told, from now on.
    void unreachable(PtzException cause);

    /// It does what it is told again.
    void recovered();
}
