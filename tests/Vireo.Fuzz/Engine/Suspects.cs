using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Vireo.Fuzz.Engine;

/// <summary>
/// Exceptions that are never right, be they caught later and told as somebody's mistake: they are a defect in the code that was
/// reached, and only by luck nothing worse came of it. Those of threads and tasks that the target starts count as its own.
/// </summary>
sealed class Suspects
{
    static readonly AsyncLocal<StrongBox<Exception?>?> place = new();
    readonly StrongBox<Exception?> seen = new();

    static Suspects() => AppDomain.CurrentDomain.FirstChanceException += Note;

    /// <summary>Looks at this thread, and at what it starts from now on.</summary>
    internal Suspects() => place.Value = seen;

    static void Note(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (place.Value is not { } box)
            return;
        if (thrown.Exception is NullReferenceException or IndexOutOfRangeException or InvalidCastException
            or KeyNotFoundException or ArgumentOutOfRangeException or OverflowException or DivideByZeroException or OutOfMemoryException or NotImplementedException)
            box.Value ??= thrown.Exception;
    }

    /// <summary>What was thrown since the last call, if anything.</summary>
    internal Exception? Take() => Interlocked.Exchange(ref seen.Value, null);
}
