namespace Vireo;

/// <summary>One step of an enumeration of events: an event, or the mark of a gap where the reader was too slow.</summary>
/// <typeparam name="T">The kind of events.</typeparam>
/// <param name="Event">The event; null: here is a gap.</param>
/// <param name="Missed">How many events were dropped here; what they told has to be asked for.</param>
public readonly record struct Observed<T>(T? Event, int Missed) where T : class
{
    /// <summary>Whether events were dropped here.</summary>
    public bool IsGap => Missed > 0;
}
