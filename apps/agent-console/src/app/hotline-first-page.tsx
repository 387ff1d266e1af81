import { HotlinePage } from '../features/hotline';
import { useNewReport } from '../features/reports';

/** The hotline's search, with a new report at hand. */
export function HotlineFirstPage() {
  const { begin, isPending } = useNewReport();
  return <HotlinePage onReport={begin} isBusy={isPending} />;
}
