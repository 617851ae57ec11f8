package dev.aerie.ptz.command;

import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzException;

/// A question to a camera, or something that it is to keep; run on the camera's thread, between moves.
@FunctionalInterface
public interface CameraRequest<T> {

    T ask(PtzCamera camera) throws PtzException;
}
