using System.Collections.Concurrent;
using System.Reflection;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Xunit;

namespace Vireo.Tests.Drivers.Test;

/// <summary>Whatever is asked of the test driver is done when the call returns, on the caller's thread: programs in C cannot wait.</summary>
public sealed class SynchronousTests
{
    sealed class Nobody : IStreamSink
    {
        public bool Send(ReadOnlySpan<byte> data) => true;

        public void Resume() { }

        public void End() { }

        public void Fail(Vireo.Core.Errors.VirError error) { }
    }

    [Fact]
    public void No_call_leaves_anything_to_another_thread()
    {
        var elsewhere = new ConcurrentBag<string>();
        // Whatever is handed to the thread pool, a timer or a task takes this value along, and is seen where it arrives.
        Thread? own = null;
        var trap = new AsyncLocal<string?>(change =>
        {
            if (change.CurrentValue is { } call && Thread.CurrentThread != own)
                elsewhere.Add(call);
        });
        List<string> pending = [];
        int calls = 0;
        own = new Thread(() =>
        {
            IDriverConnection connection = TestDriver.Create().OpenAsync(ConnectionUri.Parse("test:///default"), Caller.Self, default).GetAwaiter().GetResult()!;
            foreach (Type capability in connection.Capabilities.Types)
            {
                object offered = typeof(CapabilitySet).GetMethod(nameof(CapabilitySet.Find))!.MakeGenericMethod(capability).Invoke(connection.Capabilities, null)!;
                foreach (MethodInfo method in capability.GetMethods())
                {
                    trap.Value = $"{capability.Name}.{method.Name}";
                    calls++;
                    if (!IsDone(method, offered, connection))
                        pending.Add(trap.Value);
                }
            }
            trap.Value = null;
        });
        own.Start();
        own.Join();
        Assert.Empty(pending);
        Assert.Empty(elsewhere);
        Assert.True(calls > 150, $"only {calls} calls were made");
    }

    static bool IsDone(MethodInfo method, object offered, IDriverConnection connection)
    {
        // Each on the same running domain, whatever the last call made of it.
        var lookup = connection.Capabilities.Find<IDomainLookup>()!;
        DomainRef domain;
        try
        {
            domain = lookup.LookupByNameAsync("test", default).GetAwaiter().GetResult();
            if (domain.Id < 0)
                domain = connection.Capabilities.Find<IDomainPower>()!.CreateAsync(domain, DomainCreateFlags.None, default).GetAwaiter().GetResult();
        }
        catch (Vireo.Core.Errors.VireoException)
        {
            domain = connection.Capabilities.Find<IDomainPower>()!.CreateTransientAsync(
                "<domain type='test'><name>test</name><memory>1</memory><os><type>hvm</type></os></domain>", DomainCreateFlags.None, default).GetAwaiter().GetResult();
        }
        object?[] arguments = [.. method.GetParameters().Select(parameter => IsFile(parameter) ? Nowhere : Some(parameter.ParameterType, domain))];
        try
        {
            object answer = method.Invoke(offered, arguments)!;
            return (bool)answer.GetType().GetProperty(nameof(ValueTask.IsCompleted))!.GetValue(answer)!;
        }
        catch (TargetInvocationException)
        {
            return true;        // refused, and so done
        }
    }

    const string Nowhere = "/nowhere/file";

    // What would be written must not lie about after the test.
    static bool IsFile(ParameterInfo parameter) => parameter.ParameterType == typeof(string) && parameter.Name is "to" or "path" or "file" or "from";

    static object? Some(Type type, DomainRef domain) => type switch
    {
        _ when type == typeof(DomainRef) => domain,
        _ when type == typeof(DomainRef[]) => new[] { domain },
        _ when type == typeof(SnapshotRef) => new SnapshotRef("none", domain),
        _ when type == typeof(CheckpointRef) => new CheckpointRef("none", domain),
        _ when type == typeof(string) => "test",
        _ when type == typeof(IStreamSink) => new Nobody(),
        { IsArray: true } => Array.CreateInstance(type.GetElementType()!, 0),
        { IsValueType: true } => Activator.CreateInstance(type),
        _ => null,
    };
}
