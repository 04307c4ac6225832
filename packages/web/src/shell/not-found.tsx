import { Link, useRouteError } from 'react-router';
import { Button, EmptyState, Page, Panel } from '../kit/index.ts';

export function NotFound() {
  return (
    <Page title="没有这个页面">
      <Panel>
        <EmptyState title="地址不对，或者这个页面已经没有了" action={<Link to="/">回到首页</Link>} />
      </Panel>
    </Page>
  );
}

/** The page itself broke. What was typed is in the browser's copy, and reading it again is safe. */
export function Broken() {
  const error = useRouteError();
  return (
    <Page title="页面出错了">
      <Panel>
        <EmptyState
          title="这个页面没能显示出来"
          action={
            <Button type="primary" onClick={() => window.location.reload()}>
              重新打开
            </Button>
          }
        >
          已填写的内容没有丢，重新打开后接着填。如果再次出错，请把下面这行字告诉技术支持：
          <br />
          <code>{error instanceof Error ? error.message : String(error)}</code>
        </EmptyState>
      </Panel>
    </Page>
  );
}
