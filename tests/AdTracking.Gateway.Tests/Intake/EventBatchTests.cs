using System.Buffers;
using AdTracking.Gateway.Http;

namespace AdTracking.Gateway.Tests.Intake;

public sealed class EventBatchTests
{
    [Fact]
    public void Clear_AnswerGrewLarge_IsLetGo()
    {
        var batch = new EventBatch();
        batch.Answer.Write(new byte[1 << 20]);

        batch.Clear();

        batch.Answer.Capacity.ShouldBeLessThan(1 << 20);
        batch.Answer.WrittenCount.ShouldBe(0);
    }
}
