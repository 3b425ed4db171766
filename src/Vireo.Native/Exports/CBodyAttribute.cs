namespace Vireo.Native.Exports;

/// <summary>
/// The body of a public function, written by hand. The generator exports it: with the C signature of Abi/functions.txt, which this method's must equal, with the thread's
/// last error reset at the beginning, and with every exception made into libvirt's error and the function's failure value.
/// </summary>
/// <param name="symbol">The C function.</param>
[AttributeUsage(AttributeTargets.Method)]
sealed class CBodyAttribute(string symbol) : Attribute
{
    public string Symbol { get; } = symbol;

    /// <summary>The function leaves the thread's last error as it is: the error functions themselves, and the event loop's.</summary>
    public bool KeepsError { get; set; }
}
