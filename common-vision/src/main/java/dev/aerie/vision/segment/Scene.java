package dev.aerie.vision.segment;

/// Two pictures, and where the pixels of the later one were in the earlier; lent.
record Scene(WorkPicture before, WorkPicture now, SharedFlow flow) {}
