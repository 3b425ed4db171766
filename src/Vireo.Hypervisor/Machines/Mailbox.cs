namespace Vireo.Hypervisor.Machines;

/// <summary>
/// Runs what is posted, one after the other, in the order of posting. It holds no thread while it is empty: a host has
/// thousands of machines of which few do something.
/// </summary>
public sealed class Mailbox : IThreadPoolWorkItem
{
    readonly Lock gate = new();
    readonly Action<Exception> failed;
    Queue<Action>? letters;
    bool running;

    /// <summary>A mailbox that tells of letters that threw.</summary>
    public Mailbox(Action<Exception> failed) => this.failed = failed;

    /// <summary>Adds a letter; it must not block.</summary>
    public void Post(Action letter)
    {
        lock (gate)
        {
            (letters ??= new Queue<Action>()).Enqueue(letter);
            if (running)
                return;
            running = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            Action letter;
            lock (gate)
            {
                if (letters is not { Count: > 0 })
                {
                    letters = null;
                    running = false;
                    return;
                }
                letter = letters.Dequeue();
            }
            try
            {
                letter();
            }
            catch (Exception fault)
            {
                failed(fault);
            }
        }
    }
}
