package dev.aerie.messages;

/// The part of a message that all types share: enough to route one whose own fields need not be understood.
public record MessageHeader(MessageType type, Envelope envelope) {}
