package dev.aerie.ptz.camera;

/// A position that the camera keeps.
///
/// - `id`: as the camera names it, unique for the camera
/// - `name`: for people
public record PtzPreset(String id, String name) {}
