using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Jobs;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>What is said to QEMU past the daemon. The machine is tainted by it from then on.</summary>
sealed class MonitorCommands(QemuConnection connection) : IQemuMonitor
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static int last;

    public async ValueTask<string> RunMonitorCommandAsync(DomainRef domain, string command, QemuMonitorCommandFlags flags, CancellationToken cancel)
    {
        flags.Only(QemuMonitorCommandFlags.Human, "qemuDomainQemuMonitorCommandWithFiles");
        QemuMachine machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainMonitorCommand"), cancel).ConfigureAwait(false);
        LiveQemu live = machine.Live ?? throw Hypervisor.Machines.MachineErrors.NotRunning();
        if (live.Notes.With("custom-monitor") is var notes && notes != live.Notes)
        {
            live.Notes = notes;
            connection.Keeper.Save(machine);
        }
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, job.Interrupted);
        if (flags.HasFlag(QemuMonitorCommandFlags.Human))
            return await live.Monitor.RunAsync(new HumanCommand(command), either.Token).ConfigureAwait(false);
        return await PassAsync(live, Parse(command), either.Token).ConfigureAwait(false);
    }

    static JsonElement Parse(string command)
    {
        try
        {
            using var document = JsonDocument.Parse(command);
            JsonElement message = document.RootElement;
            if (message.ValueKind is not JsonValueKind.Object)
                throw VireoException.Internal(ErrorDomain.Qemu, "the command is no JSON object");
            return message.Member("id") is null ? message.Clone() : throw VireoException.Internal(ErrorDomain.Qemu, "Unable to append command 'id' string");
        }
        catch (JsonException fault)
        {
            throw VireoException.Internal(ErrorDomain.Qemu, $"cannot parse json {command}: {fault.Message}", fault);
        }
    }

    static async ValueTask<string> PassAsync(LiveQemu live, JsonElement message, CancellationToken cancel)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"libvirt-{Interlocked.Increment(ref last)}");
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, Plain))
        {
            json.WriteStartObject();
            try
            {
                JsonElement answer = await live.Monitor.RunAsync(new PassOn(message, id), cancel).ConfigureAwait(false);
                json.WritePropertyName("return");
                answer.WriteTo(json);
                json.WriteString("id", id);
            }
            catch (QmpRefusal refusal)
            {
                json.WriteString("id", id);
                json.WriteStartObject("error");
                json.WriteString("class", refusal.Class);
                json.WriteString("desc", refusal.Description);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
