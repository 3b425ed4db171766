using System.Buffers;
using System.Numerics;
using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Network cards.</summary>
sealed class QemuInterfaceRules : IRules<Interface, RuledMachine>
{
    static readonly SearchValues<char> ModelLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static void Check(Interface element, RuledMachine document, Findings found)
    {
        if (element.Source is InterfaceSource.OfUser)
        {
            if (element.CoalesceRxFrames is not null)
                found.Unsupported(element, "coalesce settings on interface type user are not supported");
            if (element.Mtu is not null)
                found.Unsupported(element, "setting MTU on interface type user is not supported yet");
        }
        if (element.Driver?.RxQueueSize is { } rx && !BitOperations.IsPow2(rx))
            found.Unsupported(element.Driver, "rx_queue_size has to be a power of two");
        if (element.Driver?.TxQueueSize is { } tx && !BitOperations.IsPow2(tx))
            found.Unsupported(element.Driver, "tx_queue_size has to be a power of two");
        if (element.Model is { } model && model.AsSpan().ContainsAnyExcept(ModelLetters))
            found.Add(element, ErrorCode.InvalidArg, "Model name contains invalid characters");
    }
}
