using System.Text.Json;
using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Core.TypedParameters;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Testing.Qemu;

namespace Vireo.Conformance.Qemu;

/// <summary>The guest agent: what is said to it, and what its answers mean, each step of a case in turn.</summary>
sealed class AgentSuite : Suite
{
    static readonly string[] results = ["result", "typed_params", "result_raw"];

    public override string Name => "qemu-agent";

    // The steps hold what is expected of each beside what is done in it.
    public override IEnumerable<string> Expected(JsonElement manifest) => ["steps"];

    public override Outputs Run(CaseInput input)
    {
        var made = new JsonArray();
        var scenario = new Scenario();
        foreach (JsonElement step in input.Json("steps").EnumerateArray())
            made.Add(scenario.Step(step));
        return new Outputs { ["steps"] = Output.Value(made) };
    }

    public override string? Difference(CaseInput input, string member, Output made, string? expected)
    {
        JsonArray steps = ((Output.OfValue)made).Made!.AsArray();
        int at = 0;
        foreach (JsonNode? wanted in JsonNode.Parse(expected!)!.AsArray())
        {
            JsonNode got = steps[at]!;
            foreach (string name in (string[])["arguments", .. results])
                if (wanted![name] is { } value && Differs(value, got[name]))
                    return $"step {at}: {name}: want {value.ToJsonString()} got {got[name]?.ToJsonString() ?? "nothing"}";
            at++;
        }
        return null;
    }

    // A number stands for as many items, and what is not named is not compared.
    static bool Differs(JsonNode wanted, JsonNode? got) => (wanted, got) switch
    {
        (JsonValue count, JsonArray items) => !JsonNode.DeepEquals(count, JsonValue.Create(items.Count)),
        (JsonArray all, JsonArray items) => all.Count != items.Count || all.Zip(items).Any(static pair => Differs(pair.First!, pair.Second)),
        (JsonObject members, JsonObject other) => members.Any(m => Differs(m.Value!, other[m.Key])),
        _ => !JsonNode.DeepEquals(wanted, got),
    };

    /// <summary>What one step leaves to the next.</summary>
    sealed class Scenario
    {
        IReadOnlyList<GuestVcpu> vcpus = [];
        GuestSetVcpus? rest;

        internal JsonObject Step(JsonElement step)
        {
            if (step.TryGetProperty("raw", out var raw))
                return new JsonObject { ["result_raw"] = Converse(step.GetProperty("reply_raw").GetString()!, agent => agent.RunAsync(raw.GetString()!, GuestAgent.UsualPatience, default)) };
            string execute = step.GetProperty("execute").GetString()!;
            JsonElement arguments = step.TryGetProperty("arguments", out var given) ? given : default;
            string Text(string name) => arguments.ValueKind is JsonValueKind.Object && arguments.TryGetProperty(name, out var value) ? value.ToString() : "user";
            switch (execute)
            {
                case "guest-fsfreeze-freeze":
                    return Said(step, new GuestFreeze(null), static n => JsonValue.Create(n));
                case "guest-fsfreeze-freeze-list":
                    return Said(step, new GuestFreeze([.. arguments.GetProperty("mountpoints").EnumerateArray().Select(static m => m.GetString()!)]), static n => JsonValue.Create(n));
                case "guest-fsfreeze-thaw":
                    return Said(step, new GuestThaw(), static n => JsonValue.Create(n));
                case "guest-fstrim":
                    return Said(step, new GuestTrim(arguments.GetProperty("minimum").GetUInt64()), Nothing);
                case "guest-shutdown":
                    return Said(step, new GuestShutdown(Text("mode")), Nothing);
                case "guest-suspend-ram" or "guest-suspend-disk" or "guest-suspend-hybrid":
                    return Said(step, new GuestSuspend(execute["guest-suspend-".Length..]), Nothing);
                case "guest-get-host-name":
                    return Said(step, new GuestGetHostName(), static name => JsonValue.Create(name));
                case "guest-get-fsinfo":
                    return Said(step, new GuestGetFsInfo(), static all => new JsonArray([.. all.Select(Json)]));
                case "guest-network-get-interfaces":
                    return Said(step, new GuestNetworkGetInterfaces(), static all => new JsonArray([.. all.Select(Json)]));
                case "guest-get-vcpus":
                    return Said(step, new GuestGetVcpus(), all => JsonValue.Create((vcpus = all).Count));
                case "guest-set-vcpus":
                    if (step.TryGetProperty("set_online_count", out var count))
                    {
                        rest = new GuestSetVcpus(GuestSetVcpus.Changes(vcpus, count.GetInt32()));
                        vcpus = [.. vcpus.Select(v => rest.Vcpus.FirstOrDefault(c => c.Id == v.Id) ?? v)];
                    }
                    GuestSetVcpus asked = rest ?? throw new CaseFault("no vCPU is left to change");
                    return Said(step, asked, done => JsonValue.Create((rest = asked.After(done)) is null ? 0 : 1));
                case "guest-get-timezone":
                    return Told(step, new GuestGetTimezone());
                case "guest-get-osinfo":
                    return Told(step, new GuestGetOsInfo());
                case "guest-get-users":
                    return Told(step, new GuestGetUsers());
                case "guest-ssh-get-authorized-keys":
                    return Said(step, new GuestSshGetAuthorizedKeys(Text("username")), static keys => JsonValue.Create(keys.Count));
                case "guest-ssh-add-authorized-keys":
                    return Said(step, new GuestSshAddAuthorizedKeys(Text("username"), ["key"], step.TryGetProperty("reset", out var reset) && reset.GetBoolean()), Nothing);
                case "guest-ssh-remove-authorized-keys":
                    return Said(step, new GuestSshRemoveAuthorizedKeys(Text("username"), ["key"]), Nothing);
                default:
                    throw new CaseFault($"no command '{execute}'");
            }
        }
    }

    static JsonNode Nothing(QmpNothing _) => JsonValue.Create(0);

    static JsonNode Json(GuestFileSystem one) => new JsonObject
    {
        ["name"] = one.Name,
        ["mountpoint"] = one.MountPoint,
        ["fstype"] = one.Type,
        ["disks"] = new JsonArray([.. one.Disks.Select(static d => new JsonObject { ["bus_type"] = d.Bus, ["bus"] = d.BusNumber, ["target"] = d.Target, ["unit"] = d.Unit, ["pci"] = d.Pci })]),
    };

    static JsonNode Json(GuestInterface one) => new JsonObject
    {
        ["name"] = one.Name,
        ["hwaddr"] = one.Mac,
        ["addrs"] = new JsonArray([.. one.Addresses.Select(static a => new JsonObject { ["type"] = a.IsIpv6 ? "ipv6" : "ipv4", ["addr"] = a.Address, ["prefix"] = a.Prefix })]),
    };

    static JsonObject Told(JsonElement step, IQmpCommand<IReadOnlyList<TypedParameter>> command)
    {
        JsonObject made = Said(step, command, static all => new JsonObject(all.Select(static p => KeyValuePair.Create(p.Name, (JsonNode?)JsonSerializer.SerializeToNode(p.Boxed)))));
        JsonNode? told = made["result"];
        made.Remove("result");
        made["typed_params"] = told;
        return made;
    }

    static JsonObject Said<T>(JsonElement step, IQmpCommand<T> command, Func<T, JsonNode> result)
    {
        var made = new JsonObject { ["arguments"] = JsonNode.Parse(QmpText.Arguments(command).GetRawText()) };
        try
        {
            made["result"] = result(Converse(JsonSerializer.Serialize(step.GetProperty("reply")), agent => agent.RunAsync(command, GuestAgent.UsualPatience, default)));
        }
        catch (VireoException)
        {
            made["result"] = "error";
        }
        return made;
    }

    // The guest's end: it answers the question who it is, and then the one of the step.
    static T Converse<T>(string reply, Func<GuestAgent, Task<T>> ask)
    {
        var (ours, theirs) = SocketPair.Open();
        Task guest = Task.Run(async () =>
        {
            using var lines = new StreamReader(ours, leaveOpen: true);
            using JsonDocument sync = JsonDocument.Parse((await lines.ReadLineAsync())!);
            if (sync.RootElement.GetProperty("execute").GetString() is not "guest-sync")
                throw new CaseFault("the conversation does not begin with a sync");
            await SayAsync($$"""{"return":{{sync.RootElement.GetProperty("arguments").GetProperty("id")}}}""");
            await lines.ReadLineAsync();
            await SayAsync(reply);
        });
        Task SayAsync(string text) => ours.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text + "\n")).AsTask();
        return CaseAsync().GetAwaiter().GetResult();

        async Task<T> CaseAsync()
        {
            await using var agent = new GuestAgent(theirs, TimeProvider.System);
            try
            {
                return await ask(agent);
            }
            finally
            {
                await guest;
                await ours.DisposeAsync();
            }
        }
    }
}
